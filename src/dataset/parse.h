#pragma once
#include <filesystem>
#include <set>

#include "dataset/model.h"
#include "dataset/reader.h"

namespace dataset {

// What a reference points at.
enum class Thing { bearer, plan, clause, statement, duty, indicator, organisation, group, seat };

// "This value, written here, names that thing." A clause or statement is named with its plan: "2018/5.4.1.8".
struct Reference {
    Thing thing = Thing::bearer;
    std::string key;
    Place at;
};

struct Parsed {
    Dataset data;
    std::vector<Reference> references;
    Mistakes mistakes;
    std::set<std::string> modality_written;  // duties that state their own; the others take their statement's
};

// One file's text, as `file` in messages; several are added to one Parsed.
void parse(const std::string& text, const std::string& file, Parsed& into);
// Every *.toml in the directory, in the order of their names. Only a directory that cannot be read is an Error.
base::Result<Parsed> parse_directory(const std::filesystem::path&);

}  // namespace dataset
