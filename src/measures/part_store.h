#pragma once
// What belongs to a measure beside its form: changes of resources and milestones, relatives, files, notes.
#include "measures/part_fields.h"
#include "measures/store.h"
#include "platform/files/api.h"

namespace measures {

using AttachmentId = base::Id<struct MeasureFileTag>;
using NoteId = base::Id<struct MeasureNoteTag>;

struct Attachment {
    AttachmentId id;
    files::FileId file;
    std::string name;   // of the file, for downloading
    std::string title;  // for people
    std::string office;
    base::Day added_on{};
    bool published = false;
};
// What is discussed stays inside; what is meant for everybody is a note of its own, so that nobody publishes a discussion by a tick.
struct Note {
    NoteId id;
    base::Day written_on{};
    std::string office;
    std::string text;
    bool is_public = false;
};
struct Relative {
    std::string key;
    base::Bilingual title;
    State state = State::proposed;
    bool published = false;
};
struct Parts {
    std::optional<Relative> parent;
    std::vector<Relative> children, needs, needed_by;
    std::vector<Attachment> files;
    std::vector<Note> notes;
};
base::Result<Parts> parts_of(db::Connection&, const Measure&);

// Two people change the same part: `opened` is what stood in the form when it was opened. What only one of them changed is joined; where both changed
// the same field, conflict "version" and nothing is saved.
base::Result<void> change_resource(db::Connection&, std::string_view key, ResourceId, const Fields& opened, const Fields& mine, const By&);
base::Result<void> change_milestone(db::Connection&, std::string_view key, MilestoneId, const Fields& opened, const Fields& mine, const By&);
base::Result<void> withdraw_milestone(db::Connection&, std::string_view key, MilestoneId, const By&);
base::Result<void> remove_dependency(db::Connection&, std::string_view key, std::string_view needs, const By&);

base::Result<AttachmentId> attach(db::Connection&, std::string_view key, const Attachment&, const By&);
base::Result<void> publish_attachment(db::Connection&, std::string_view key, AttachmentId, bool published, const By&);
base::Result<void> withdraw_attachment(db::Connection&, std::string_view key, AttachmentId, const By&);
base::Result<NoteId> add_note(db::Connection&, std::string_view key, const Note&, const By&);
base::Result<void> withdraw_note(db::Connection&, std::string_view key, NoteId, const By&);

// Accepted evidence that is withdrawn in the ledger itself no longer counts for its measure. Registered once by the wiring.
void follow_ledger();

}  // namespace measures
