#pragma once

#include <catch2/catch.hpp>

#include "tests/build/precompiled/common.hpp"
