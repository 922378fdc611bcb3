#pragma once
// The one way to toml++: without exceptions, so that mistakes come back as values.
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>
