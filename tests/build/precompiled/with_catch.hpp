#pragma once

#include "tests/build/precompiled/common.hpp"

#include <catch2/catch.hpp>
