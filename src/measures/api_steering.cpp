// What programs steer: status rounds, the rule set, invitations of partners; and what a partner says by its link, without an account.
#include "measures/api_body.h"
#include "measures/api_json.h"
#include "measures/api_write.h"
#include "measures/deeds.h"
#include "platform/links/api.h"
#include "platform/web/input.h"

namespace measures {
namespace {

namespace json = boost::json;
using base::message;

base::Result<void> officer_only(const web::Context& context) {
    if (edits_all(context)) return {};
    return base::error(base::ErrorKind::not_found, "for the officer");
}

class Steering {
  public:
    explicit Steering(Desk desk) : desk_(std::move(desk)) {}

    base::Result<http::Response> start_round(const http::Request& request, const web::Context& context) const {
        TRY_VOID(officer_only(context));
        TRY(const auto body, read_body(request, round_members()));
        const auto done = desk_.change(context, [&](db::Connection& c, const World& world, const By& by) -> base::Result<Asking> {
            TRY(const auto round, read_round(body.form(), context.today));
            return ask_everybody(c, round, world, by);
        });
        if (!done) return base::error(for_programs(done.error(), round_members()));
        auto out = json_of(done->view, context.today, true);
        out["without_mail"] = json::array(done->without_mail.begin(), done->without_mail.end());
        return created(out, "/api/v1/abfragen/" + std::to_string(done->view.round.id.value));
    }

    base::Result<http::Response> set_rules(const http::Request& request, const web::Context& context) const {
        TRY_VOID(officer_only(context));
        TRY(const auto body, read_body(request, rule_members()));
        const auto done = desk_.change(context, [&](db::Connection& c, const World& world, const By& by) -> base::Result<void> {
            RuleSet set;
            for (const auto& name : split_list(body.get("freigestellt"))) {
                const auto rule = rule_named(name);
                if (!rule) return base::invalid("freigestellt", message("This is none of the choices."));
                set.optional.push_back(*rule);
            }
            if (set == world.rules) return {};
            return save_rules(c, set, by);
        });
        if (!done) return base::error(for_programs(done.error(), rule_members()));
        TRY(const auto set, desk_.database.read([](db::Connection& c) { return rules(c); }));
        return ok(json_of(set));
    }

    base::Result<http::Response> invitations_of(const http::Request&, const web::Context& context) const {
        TRY_VOID(officer_only(context));
        TRY(const auto all, desk_.database.read([](db::Connection& c) { return invitations(c); }));
        json::array out;
        for (const auto& i : all)
            out.push_back(json::object{{"partner", i.partner},
                                       {"invited_on", base::iso(i.invited_on)},
                                       {"measure", i.measure.empty() ? json::value(nullptr) : json::value(i.measure)}});
        return ok({{"invitations", std::move(out)}});
    }
    base::Result<http::Response> invite(const http::Request& request, const web::Context& context) const {
        TRY_VOID(officer_only(context));
        TRY(const auto body, read_body(request, invitation_members()));
        Invitation invitation;
        invitation.partner = body.get("partner");
        invitation.mail = body.get("mail");
        invitation.language = body.get("sprache") == "en" ? i18n::Language::en : i18n::Language::de;
        const auto sending = body.get("erneut") == "ja" ? Sending::again : Sending::first;
        const auto address = desk_.change(
            context, [&](db::Connection& c, const World& world, const By& by) { return invite_partner(c, context, invitation, sending, world, by); });
        if (!address) return base::error(for_programs(address.error(), invitation_members()));
        // Where a mail goes out, the link is the partner's alone.
        return created({{"partner", invitation.partner}, {"link", invitation.mail.empty() ? json::value(*address) : json::value(nullptr)}},
                       "/api/v1/zusagen");
    }

    base::Result<http::Response> commitment(const http::Request& request, const web::Context&) const {
        TRY(const auto opened, desk_.database.read([&](db::Connection& c) { return open(c, request); }));
        return ok(shown(opened));
    }
    base::Result<http::Response> write(const http::Request& request, const web::Context& context) const {
        TRY(const auto body, read_body(request, word_members()));
        return as_partner(request, context, word_members(), [&](db::Connection& c, const OpenInvitation& opened, const By& by) -> base::Result<void> {
            const auto form = body.form();
            web::Input input(form);
            Words words;
            words.title = {input.text("titel", {.most = 200}), input.text("titel_en", {.required = false, .most = 200})};
            words.description = {input.long_text("beschreibung"), {}};
            words.starts_on = input.day("beginn", false);
            words.ends_on = input.day("ende", false);
            if (!input.ok()) return base::error(input.error());
            TRY_VOID(write_commitment(c, opened.invitation, words, by));
            return {};
        });
    }
    base::Result<http::Response> confirm(const http::Request& request, const web::Context& context) const {
        return move(request, context, CommitmentMove::confirm);
    }
    base::Result<http::Response> withdraw(const http::Request& request, const web::Context& context) const {
        return move(request, context, CommitmentMove::withdraw);
    }

  private:
    base::Result<OpenInvitation> open(db::Connection& c, const http::Request& request) const {
        return open_invitation(c, request.path_values.get("link"), desk_.site.clock().now());
    }
    static json::object shown(const OpenInvitation& opened) {
        json::value measure = nullptr;
        if (opened.measure) {
            const auto& m = *opened.measure;
            const auto day = [](const std::optional<base::Day>& d) { return d ? json::value(base::iso(*d)) : json::value(nullptr); };
            measure = json::object{{"key", m.key},
                                   {"title", {{"de", m.title.de}, {"en", m.title.en.empty() ? json::value(nullptr) : json::value(m.title.en)}}},
                                   {"description", m.description.de},
                                   {"starts_on", day(m.schedule.starts_on)},
                                   {"ends_on", day(m.schedule.ends_on)},
                                   {"commitment", name_of(m.commitment)}};
        }
        return {{"partner", opened.invitation.partner}, {"measure", std::move(measure)}};
    }
    base::Result<http::Response> move(const http::Request& request, const web::Context& context, CommitmentMove what) const {
        return as_partner(request, context, {}, [what](db::Connection& c, const OpenInvitation& opened, const By& by) -> base::Result<void> {
            if (opened.invitation.measure.empty()) return base::error(base::ErrorKind::conflict, "nothing was written yet");
            TRY_VOID(move_commitment(c, opened.invitation.measure, what, by));
            return {};
        });
    }
    template <class Work>
    base::Result<http::Response> as_partner(const http::Request& request, const web::Context& context, const Members& members, Work work) const {
        const auto done = desk_.change(context, [&](db::Connection& c, const World&, const By& visitor) -> base::Result<OpenInvitation> {
            TRY(const auto opened, open(c, request));
            By by = visitor;
            by.office = opened.invitation.partner;  // the link was sent to the partner, and to nobody else
            TRY_VOID(work(c, opened, by));
            return open(c, request);
        });
        if (!done) return base::error(for_programs(done.error(), members));
        return ok(shown(*done));
    }

    Desk desk_;
};

}  // namespace

void mount_api_of_steering(http::Router& router, const Desk& desk) {
    const auto api = std::make_shared<Steering>(desk);
    const auto on = [&](http::Method method, const std::string& pattern, auto work) {
        router.add(method, "/api/v1" + pattern, desk.site.page([api, work](const http::Request& request, const web::Context& context) {
            return ((*api).*work)(request, context);
        }));
    };
    using http::Method;
    on(Method::post, "/abfragen", &Steering::start_round);
    on(Method::put, "/regeln", &Steering::set_rules);
    on(Method::get, "/zusagen", &Steering::invitations_of);
    on(Method::post, "/zusagen", &Steering::invite);
    on(Method::get, "/zusagen/{link:any}", &Steering::commitment);
    on(Method::put, "/zusagen/{link:any}", &Steering::write);
    on(Method::post, "/zusagen/{link:any}/bestaetigung", &Steering::confirm);
    on(Method::post, "/zusagen/{link:any}/ruecknahme", &Steering::withdraw);
}

}  // namespace measures
