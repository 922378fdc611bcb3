#pragma once
// Who may do what: one table, asked before every route's handler. What is not listed is denied, and what is denied looks like not there. Pages refuse
// more where the record decides (a unit edits its own; nobody accepts their own evidence); none can allow more.
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "platform/http/router.h"
#include "platform/identity/api.h"

namespace identity {

enum class Access { read, change };
// Of whose records: everybody's, or those of the unit an editor works for (the page knows the record and checks).
enum class Scope { all, own_unit };

struct Permission {
    std::string_view area;  // German path beginning of the routes: "/massnahmen" holds "/massnahmen.csv" and everything below it
    Access access = Access::read;
    Role from = Role::anonymous;  // this role and those above it
    Scope scope = Scope::all;
    std::string_view action;  // what it is, for people: i18n::marked(…)
};
std::span<const Permission> permissions();

// The line that decides a route: the one with the longest area that holds its pattern. Nothing: denied to everybody.
const Permission* permission_for(http::Method, std::string_view pattern);

// What people call one thing: the lines of the table with the same words and the same answer for every role, in the table's order. Different answers
// need different words.
using Deed = std::vector<const Permission*>;
std::vector<Deed> deeds();

// The lines of all routes of a program, looked up once.
class Guard {
  public:
    explicit Guard(const std::vector<http::Router::Entry>&);
    bool may(Role, http::Method, const std::string& pattern) const;
    // Routes no line speaks of: a mistake of ours, told at the start.
    const std::vector<std::string>& unlisted() const { return unlisted_; }

  private:
    std::unordered_map<std::string, Role> least_[2];
    std::vector<std::string> unlisted_;
};

// docs/permissions.md, made of the table.
std::string permissions_as_markdown();

}  // namespace identity
