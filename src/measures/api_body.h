#pragma once
// JSON as programs send it, read into the same named texts as the forms send: rules and stores need not know by which door something came.
#include <boost/json.hpp>

#include "measures/fields.h"
#include "platform/http/message.h"
#include "platform/web/context.h"

namespace measures {

// How a member of the JSON is called among the named texts.
struct Member {
    enum class Type { text, integer, decimal, cents, permille, boolean, list, numbers, statement, statements };
    std::string_view name;   // "title.de": the member "de" of the object "title"
    std::string_view field;  // "titel"
    Type type = Type::text;
    std::string_view rule = {};                                               // what rules call it where that is neither of the two
    std::vector<std::pair<std::string_view, std::string_view>> choices = {};  // words of programs and of forms where they differ
};
using Members = std::vector<Member>;

// What a body says. Every mistake at once, each by the name of its member: what is no JSON, of another type, or not described.
struct Body {
    boost::json::object sent;
    Fields fields;
    std::string get(const std::string& field) const;
    http::Fields form() const;  // for what reads forms
};
base::Result<Body> read_body(const http::Request&, const Members&);
// The mistakes of rules and forms by the names programs know.
base::Error for_programs(base::Error, const Members&);
std::string name_for_programs(const std::string& field, const Members&);

// The version in If-Match, without its quotes; "" when there is none.
std::string if_match(const http::Request&);

http::Response ok(const boost::json::value&, const std::string& tag = {});
http::Response created(const boost::json::value&, const std::string& location, const std::string& tag = {});
// 428: a change names the version it was made from.
http::Response version_is_needed(const web::Context&);
// 409 with both versions, so that whoever came second can join them: what stands there now, what was sent, and what both changed differently.
http::Response clash(const web::Context&, boost::json::value current, const Body& mine, const std::vector<Clash>&, const Members&);

const Members& measure_members();
const Members& step_members();
const Members& resource_members();
const Members& milestone_members();
const Members& delivery_members();
const Members& reason_members();
const Members& report_members();
const Members& note_members();
const Members& dependency_members();
const Members& target_members();
const Members& target_step_members();
const Members& round_members();
const Members& rule_members();
const Members& invitation_members();
const Members& word_members();

}  // namespace measures
