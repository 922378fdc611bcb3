#pragma once
#include <string_view>

#include "platform/http/server.h"

namespace http {

// The fields of a query string or of application/x-www-form-urlencoded. Broken encoding is invalid_input; more than `most` fields too_large.
base::Result<Fields> parse_urlencoded(std::string_view, std::size_t most);

// Fills request.form from a urlencoded body and obeys the field _method of a POST form (PUT, PATCH or DELETE, for browsers know only GET and
// POST). The multipart form is read while it arrives, see multipart.h.
base::Result<void> read_form(Request&, const Limits&);

// "multipart/form-data; boundary=x": the type without parameters in small letters, and one parameter of it.
std::string media_type(std::string_view content_type);
std::optional<std::string> find_parameter(std::string_view field_value, std::string_view name);
inline std::string parameter_of(std::string_view field_value, std::string_view name) { return find_parameter(field_value, name).value_or(""); }

}  // namespace http
