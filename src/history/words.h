#pragma once
// What the log calls a field, an action or a value, as a person does.
#include <map>

#include "platform/audit/api.h"
#include "platform/web/context.h"

namespace history {

// The names the log has only numbers or keys for.
struct Names {
    std::map<std::string, std::string> bearers;        // by id and by key
    std::map<std::string, std::string> organisations;  // the same
};
base::Result<Names> names(db::Connection&, const web::Context&);

std::string in_words(const web::Context&, const std::string& name);
// Fields that only say what the page is about anyway.
bool is_shown(const std::string& field);
std::string value_in_words(const web::Context&, const Names&, const audit::Entry&, const std::string& field, const std::string& value);

}  // namespace history
