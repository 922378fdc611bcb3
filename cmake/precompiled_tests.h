// What every test includes besides.
#include "precompiled.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
