// The bodies of Asio and Beast, compiled here and nowhere else.
#include "platform/http/beast/asio.h"

#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
