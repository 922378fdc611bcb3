#include "platform/i18n/plural_rule.h"

#include <array>
#include <charconv>
#include <string>

namespace i18n {

struct PluralRule::Node {
    enum class Kind { number, n, negate, binary, choose } kind = Kind::number;
    std::uint64_t value = 0;
    std::string operation;
    std::shared_ptr<const Node> a, b, c;

    std::uint64_t evaluate(std::uint64_t count) const {
        switch (kind) {
            case Kind::number: return value;
            case Kind::n: return count;
            case Kind::negate: return a->evaluate(count) == 0;
            case Kind::choose: return a->evaluate(count) ? b->evaluate(count) : c->evaluate(count);
            case Kind::binary: break;
        }
        if (operation == "||") return a->evaluate(count) || b->evaluate(count);
        if (operation == "&&") return a->evaluate(count) && b->evaluate(count);
        const auto x = a->evaluate(count), y = b->evaluate(count);
        if (operation == "==") return x == y;
        if (operation == "!=") return x != y;
        if (operation == "<") return x < y;
        if (operation == ">") return x > y;
        if (operation == "<=") return x <= y;
        if (operation == ">=") return x >= y;
        if (operation == "+") return x + y;
        if (operation == "-") return x - y;
        if (operation == "*") return x * y;
        if (operation == "%") return y == 0 ? 0 : x % y;
        return y == 0 ? 0 : x / y;
    }
};

namespace {

using Node = PluralRule::Node;
using Pointer = std::shared_ptr<const Node>;

// Recursive descent over the operators of C that gettext allows, loosest first. A null pointer is a mistake in the text.
class Parser {
  public:
    explicit Parser(std::string_view text) : text_(text) {}

    Pointer whole() {
        auto node = choice();
        skip();
        return node && at_ == text_.size() ? node : nullptr;
    }

  private:
    static constexpr std::array<std::array<std::string_view, 4>, 6> levels{
        {{"||"}, {"&&"}, {"==", "!="}, {"<=", ">=", "<", ">"}, {"+", "-"}, {"*", "/", "%"}}};
    static constexpr int deepest = 200;  // a hostile file must not exhaust the stack

    void skip() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) ++at_;
    }
    bool take(std::string_view token) {
        skip();
        if (!text_.substr(at_).starts_with(token)) return false;
        at_ += token.size();
        return true;
    }
    Pointer choice() {
        if (++depth_ > deepest) return nullptr;
        auto condition = binary(0);
        if (condition && take("?")) {
            auto yes = choice();
            if (!yes || !take(":")) return nullptr;
            auto no = choice();
            if (!no) return nullptr;
            condition = std::make_shared<Node>(Node{Node::Kind::choose, 0, {}, condition, yes, no});
        }
        --depth_;
        return condition;
    }
    Pointer binary(std::size_t level) {
        if (level == levels.size()) return unary();
        auto left = binary(level + 1);
        for (bool found = true; left && found;) {
            found = false;
            for (const auto operation : levels[level]) {
                if (operation.empty() || !take(operation)) continue;
                auto right = binary(level + 1);
                if (!right) return nullptr;
                left = std::make_shared<Node>(Node{Node::Kind::binary, 0, std::string(operation), left, right, nullptr});
                found = true;
                break;
            }
        }
        return left;
    }
    Pointer unary() {
        if (++depth_ > deepest) return nullptr;
        skip();
        Pointer node;
        if (take("(")) {
            node = choice();
            if (!node || !take(")")) return nullptr;
        } else if (take("!")) {
            auto inner = unary();
            if (!inner) return nullptr;
            node = std::make_shared<Node>(Node{Node::Kind::negate, 0, {}, inner, nullptr, nullptr});
        } else if (take("n")) {
            node = std::make_shared<Node>(Node{Node::Kind::n, 0, {}, nullptr, nullptr, nullptr});
        } else {
            std::uint64_t value = 0;
            const auto [end, failure] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
            if (failure != std::errc{}) return nullptr;
            at_ = static_cast<std::size_t>(end - text_.data());
            node = std::make_shared<Node>(Node{Node::Kind::number, value, {}, nullptr, nullptr, nullptr});
        }
        --depth_;
        return node;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

}  // namespace

PluralRule::PluralRule() : root_(Parser("n != 1").whole()) {}

base::Result<PluralRule> PluralRule::parse(std::string_view header) {
    const auto count_at = header.find("nplurals=");
    const auto rule_at = header.find("plural=", count_at == std::string_view::npos ? 0 : count_at + 9);
    if (count_at == std::string_view::npos || rule_at == std::string_view::npos)
        return base::error(base::ErrorKind::invalid_input, "Plural-Forms lacks nplurals or plural");
    PluralRule rule;
    const auto digits = header.substr(count_at + 9);
    std::size_t forms = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), forms);
    if (forms < 1 || forms > 6) return base::error(base::ErrorKind::invalid_input, "nplurals is not between 1 and 6");
    auto expression = header.substr(rule_at + 7);
    expression = expression.substr(0, expression.find(';'));
    rule.forms_ = forms;
    rule.root_ = Parser(expression).whole();
    if (!rule.root_) return base::error(base::ErrorKind::invalid_input, "the plural expression cannot be read");
    return rule;
}

std::size_t PluralRule::form_of(std::uint64_t n) const {
    const auto form = static_cast<std::size_t>(root_->evaluate(n));
    return form < forms_ ? form : forms_ - 1;
}

}  // namespace i18n
