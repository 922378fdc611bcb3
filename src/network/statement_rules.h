#pragma once
#include <map>
#include <string>
#include <vector>

#include "platform/base/result.h"

namespace network {

// What a task may come from: the keys of the statements of every plan, by the plan's key, each in the order of the text.
using Statements = std::map<std::string, std::vector<std::string>>;

// Why a task cannot come from this statement, at the fields "plan" and "statement", with what stands near; of an empty plan: of any. An empty statement is
// none.
std::vector<base::FieldError> mistakes_in_statement(const Statements&, const std::string& plan, const std::string& statement);

}  // namespace network
