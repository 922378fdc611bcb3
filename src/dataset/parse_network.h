#pragma once
#include "dataset/parse.h"
#include "dataset/reader.h"

namespace dataset {

// The tables of organisations and groups in one document; `into` takes values, references and mistakes.
void parse_network(Reader& document, const std::string& file, Parsed& into);

}  // namespace dataset
