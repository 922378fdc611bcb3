#include "platform/audit/chain.h"

#include <sodium.h>
#include <boost/json.hpp>

namespace audit {
namespace {

constexpr std::size_t salt_size = 16;

// Length before content, so that no two different entries have the same bytes.
class Hash {
  public:
    Hash() { crypto_generichash_init(&state_, nullptr, 0, digest_size); }
    Hash& number(std::int64_t value) {
        unsigned char bytes[8];
        for (int i = 0; i < 8; ++i) bytes[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(value) >> (8 * i));
        crypto_generichash_update(&state_, bytes, sizeof bytes);
        return *this;
    }
    Hash& text(std::string_view s) {
        number(static_cast<std::int64_t>(s.size()));
        crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(s.data()), s.size());
        return *this;
    }
    Hash& optional_text(const std::optional<std::string>& s) { return s ? text(std::string_view(*s)) : number(-1); }
    std::string done() {
        std::string out(digest_size, '\0');
        crypto_generichash_final(&state_, reinterpret_cast<unsigned char*>(out.data()), out.size());
        return out;
    }

  private:
    crypto_generichash_state state_;
};

std::string fresh_salt() {
    [[maybe_unused]] static const int ready = sodium_init();
    std::string out(salt_size, '\0');
    randombytes_buf(out.data(), out.size());
    return out;
}

std::string from_hex(std::string_view digits) {
    std::string out(digits.size() / 2, '\0');
    std::size_t size = 0;
    if (sodium_hex2bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), digits.data(), digits.size(), nullptr, &size, nullptr) != 0)
        size = 0;
    out.resize(size);
    return out;
}

const std::string* value_of(const Values& values, std::string_view field) {
    for (const auto& [name, value] : values)
        if (name == field) return &value;
    return nullptr;
}

}  // namespace

std::string hex(std::string_view bytes) {
    std::string out(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    out.pop_back();
    return out;
}

std::vector<Field> fields_of(const Values& before, const Values& after) {
    std::vector<Field> out;
    const auto add = [&](const std::string& name) {
        if (std::any_of(out.begin(), out.end(), [&](const Field& f) { return f.name == name; })) return;
        const auto* was = value_of(before, name);
        const auto* is = value_of(after, name);
        if (was && is && *was == *is) return;
        out.push_back({name, was ? std::optional(*was) : std::nullopt, is ? std::optional(*is) : std::nullopt, fresh_salt(), {}});
    };
    for (const auto& [name, value] : before) add(name);
    for (const auto& [name, value] : after) add(name);
    return out;
}

std::string digest_of(const Field& field) {
    if (!field.purged.empty()) return field.purged;
    return Hash().text(field.salt).text(field.name).optional_text(field.before).optional_text(field.after).done();
}

std::string digest_of(const std::vector<Field>& fields) {
    Hash hash;
    for (const auto& field : fields) hash.text(field.name).text(digest_of(field));
    return hash.done();
}

std::string digest_of(const Link& link, std::string_view previous) {
    return Hash()
        .text(previous)
        .number(link.number)
        .text(link.at)
        .number(link.account)
        .text(link.subject)
        .text(link.record)
        .text(link.action)
        .text(link.values_digest)
        .done();
}

std::string first_digest() { return std::string(digest_size, '\0'); }

std::string as_json(const std::vector<Field>& fields) {
    boost::json::array out;
    for (const auto& field : fields) {
        boost::json::object o{{"field", field.name}};
        if (!field.purged.empty()) {
            o["purged"] = hex(field.purged);
        } else {
            if (field.before) o["before"] = *field.before;
            if (field.after) o["after"] = *field.after;
            o["salt"] = hex(field.salt);
        }
        out.push_back(std::move(o));
    }
    return boost::json::serialize(out);
}

std::optional<std::vector<Field>> fields_from_json(std::string_view text) {
    boost::system::error_code wrong;
    const auto json = boost::json::parse({text.data(), text.size()}, wrong);
    if (wrong || !json.is_array()) return {};
    std::vector<Field> out;
    for (const auto& item : json.get_array()) {
        if (!item.is_object()) return {};
        const auto text_of = [&](std::string_view key) -> std::optional<std::string> {
            const auto* found = item.get_object().if_contains({key.data(), key.size()});
            if (!found || !found->is_string()) return {};
            return std::string(found->get_string().data(), found->get_string().size());
        };
        const auto name = text_of("field");
        if (!name) return {};
        Field field{*name, text_of("before"), text_of("after"), from_hex(text_of("salt").value_or("")), from_hex(text_of("purged").value_or(""))};
        // A stub is a stub: no value may hide behind a digest that proves nothing about it.
        if (!field.purged.empty() && (field.before || field.after)) return {};
        if (field.purged.empty() && field.salt.size() != salt_size) return {};
        out.push_back(std::move(field));
    }
    return out;
}

}  // namespace audit
