#pragma once
#include <span>
#include <string>
#include <string_view>

namespace dataset {

// The name that was probably meant, or "" when none is near: at most a third of the letters differ.
std::string nearest(std::string_view written, std::span<const std::string> known);

}  // namespace dataset
