#include "platform/audit/api.h"
#include "site/api.h"

namespace site {
namespace {
constexpr TextKey all_keys[] = {TextKey::municipality, TextKey::imprint, TextKey::data_protection, TextKey::accessibility, TextKey::contact_email};
}

std::string_view name_of(TextKey key) {
    switch (key) {
        case TextKey::municipality: return "municipality";
        case TextKey::imprint: return "imprint";
        case TextKey::data_protection: return "data_protection";
        case TextKey::accessibility: return "accessibility";
        case TextKey::contact_email: return "contact_email";
    }
    return "";
}

std::optional<TextKey> text_key(std::string_view name) {
    for (const auto key : all_keys)
        if (name_of(key) == name) return key;
    return {};
}

base::Bilingual default_text(TextKey key) {
    switch (key) {
        case TextKey::municipality: return {"Landkreis (Name noch nicht eingetragen)", "District (name not entered yet)"};
        case TextKey::imprint:
            return {
                "Das Impressum dieser Installation ist noch nicht eingetragen. Eine Administratorin oder ein Administrator trägt es unter „Einstellungen“ ein.",
                "The imprint of this installation has not been entered yet. An administrator enters it under “Settings”."};
        case TextKey::data_protection:
            return {
                "Diese Anwendung führt keine personenbezogenen Angaben über Migrantinnen und Migranten. Sie setzt nur technisch nötige Cookies: für die Sprache "
                "und, nach der Anmeldung, für die Sitzung. Zugriffe werden ohne Adresse und ohne Suchbegriffe protokolliert. Name und Anschrift der "
                "verantwortlichen Stelle und der oder des Datenschutzbeauftragten sind hier noch einzutragen.",
                "This application keeps no personal data of migrants. It sets only cookies that are technically needed: for the language and, after signing in, "
                "for the session. Requests are logged without addresses and without search words. Name and address of the responsible body and of the data "
                "protection officer have yet to be entered here."};
        case TextKey::accessibility:
            return {
                "Diese Anwendung ist nach EN 301 549 und WCAG 2.2 AA gebaut: Sie lässt sich vollständig mit der Tastatur und ohne JavaScript bedienen, Zustände sind nie "
                "allein an der Farbe zu erkennen, und zu jedem Schaubild gibt es eine Tabelle. Eine Prüfung durch eine unabhängige Stelle steht noch aus. Wenn Ihnen "
                "etwas den Zugang erschwert, melden Sie es uns bitte; wir antworten innerhalb von zwei Wochen.",
                "This application is built to EN 301 549 and WCAG 2.2 AA: it can be used entirely by keyboard and without JavaScript, states are never shown by colour "
                "alone, and every chart has a table. An audit by an independent body is still to come. If anything makes access hard for you, please tell us; we answer "
                "within two weeks."};
        case TextKey::contact_email: return {};
    }
    return {};
}

const base::Bilingual* Texts::find(TextKey key) const {
    const auto it = own.find(key);
    return it == own.end() ? nullptr : &it->second;
}

base::Bilingual Texts::get(TextKey key) const {
    const auto* mine = find(key);
    return mine ? *mine : default_text(key);
}

base::Result<Texts> texts(db::Connection& c) {
    Texts out;
    TRY_VOID(c.for_each("select key, text_de, text_en from site_texts order by key", {}, [&](const db::Row& row) {
        if (const auto key = text_key(row.text("key"))) out.own[*key] = {row.text("text_de"), row.text("text_en")};
    }));
    return out;
}

base::Result<void> save_text(db::Connection& c, TextKey key, const base::Bilingual& text, const identity::Actor& by, base::Instant now) {
    TRY(const auto before, texts(c));
    if (before.get(key) == text) return {};
    TRY_VOID(c.execute(R"sql(
        insert into site_texts (key, text_de, text_en) values (:key, :de, :en)
        on conflict (key) do update set text_de = excluded.text_de, text_en = excluded.text_en
    )sql",
                       {{"key", name_of(key)}, {"de", text.de}, {"en", text.en}}));
    const auto* old = before.find(key);
    TRY_VOID(audit::record(c, {.by = by,
                               .at = now,
                               .subject = "site.text",
                               .record = std::string(name_of(key)),
                               .action = old ? "change" : "create",
                               .before = old ? audit::Values{{"de", old->de}, {"en", old->en}} : audit::Values{},
                               .after = {{"de", text.de}, {"en", text.en}}}));
    return {};
}

base::Result<FeedbackId> receive_feedback(db::Connection& c, const Feedback& f) {
    return c.insert<FeedbackId>(
        "insert into accessibility_feedback (received_at, page, description, contact) values (:at, :page, :description, :contact) returning id",
        {{"at", f.received}, {"page", f.page}, {"description", f.description}, {"contact", f.contact}});
}

base::Result<std::vector<Feedback>> feedback(db::Connection& c, bool answered_too) {
    return c.query<Feedback>(
        fmt::format(
            "select id, received_at, page, description, contact, answered_at from accessibility_feedback {} order by received_at desc, id desc limit 200",
            answered_too ? "" : "where answered_at is null"),
        {}, [](const db::Row& row) {
            return Feedback{row.id<FeedbackId>("id"), row.instant("received_at"), row.text("page"),
                            row.text("description"),  row.text("contact"),        !row.is_null("answered_at")};
        });
}

base::Result<void> mark_answered(db::Connection& c, FeedbackId id, const identity::Actor& by, base::Instant now) {
    TRY(const auto touched,
        c.execute("update accessibility_feedback set answered_at = :now, answered_by = :by, contact = '' where id = :id and answered_at is null",
                  {{"now", now}, {"by", by.account}, {"id", id}}));
    if (touched == 0) return base::error(base::ErrorKind::not_found, "no open report of a barrier with this number");
    TRY_VOID(audit::record(c, {.by = by,
                               .at = now,
                               .subject = "site.accessibility_feedback",
                               .record = std::to_string(id.value),
                               .action = "answer",
                               .before = {},
                               .after = {}}));
    return {};
}

}  // namespace site
