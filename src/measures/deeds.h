#pragma once
// What people do with measures and targets, whichever door they come by: pages and programs call the same functions, so that neither may do more.
#include "measures/commitment_store.h"
#include "measures/desk.h"
#include "measures/part_store.h"
#include "measures/round_store.h"
#include "measures/target_rules.h"

namespace measures {

// Who may propose a measure at all: the officer, and units for themselves.
bool may_propose(const web::Context&, const By&);
// not_found for whoever may not edit it: not allowed looks like not there.
base::Result<Dossier> editable(db::Connection&, const web::Context&, std::string_view key, const By&);
// With the resources and milestones of another, moved to the new year, when it is proposed again.
base::Result<Measure> propose(db::Connection&, const web::Context&, Fields, const By&, const std::string& copy_of = {});
// conflict "version" when somebody saved since the version the change was made from.
base::Result<Measure> change(db::Connection&, const web::Context&, std::string_view key, const Fields&, int version, const ScheduleChange&,
                             const By&);
// forbidden where may_take() says no.
base::Result<Measure> move(db::Connection&, const web::Context&, const Measure&, const Step&, const World&, const By&);

// A status report as a form sends it, given today unless it says otherwise.
base::Result<StatusReport> read_report(const http::Fields&, base::Day today);
// A file of a multipart form, checked and stored; its fields are called differently by people's forms and by programs.
struct FileFields {
    std::string title, published, file;
};
base::Result<Attachment> attach_sent(db::Connection&, const Measure&, const http::Request&, const FileFields&, const By&);
// not_found for a file the visitor may not see: to the public only published ones of published measures are there.
struct OpenFile {
    Attachment attachment;
    files::File file;
};
base::Result<std::vector<OpenFile>> files_of(db::Connection&, const web::Context&, std::string_view key);
base::Result<OpenFile> file_of(db::Connection&, const web::Context&, std::string_view key, AttachmentId);

// A status round as a form sends it, asked today; and asking everybody: answers the offices whose mail address nobody knows.
base::Result<Round> read_round(const http::Fields&, base::Day today);
struct Asking {
    RoundView view;
    std::vector<std::string> without_mail;
};
base::Result<Asking> ask_everybody(db::Connection&, const Round&, const World&, const By&);

// What the data say of a target that is measured by data; nothing where people enter what they observed.
base::Result<std::optional<Observation>> observed_now(db::Connection&, const Wiring&, const Target&, base::Day today);
// What everybody may see of a target, and what only those who work here.
bool is_shown(const web::Context&, const Target&);

// An invitation to partners outside the administration; what belongs to the district is accountable and never "commits itself".
// Whoever was invited and has not written yet is not invited twice, but the invitation may be sent again.
enum class Sending { first, again };
base::Result<std::string> invite_partner(db::Connection&, const web::Context&, Invitation, Sending, const World&, const By&);
// What a partner's link opens: its invitation, and the measure once it wrote one.
struct OpenInvitation {
    Invitation invitation;
    base::Bilingual partner;
    std::optional<Measure> measure;
};
base::Result<OpenInvitation> open_invitation(db::Connection&, std::string_view token, base::Instant now);

}  // namespace measures
