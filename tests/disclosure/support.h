#pragma once
#include <gtest/gtest.h>

#include "disclosure/api.h"
#include "disclosure/cells.h"
#include "disclosure/random.h"
#include "disclosure/readers.h"
#include "platform/base/root.h"

namespace disclosure_test {

using namespace disclosure;

inline std::string case_folder(const std::string& name) { return std::string(base::source_root()) + "/tests/disclosure/cases/" + name; }

inline Case public_case(const std::string& name) {
    auto found = read_case(case_folder(name));
    EXPECT_TRUE(found) << (found ? "" : base::describe(found.error()));
    return found ? *found : Case{};
}

inline Rules rules_of(const Case& c) {
    Rules rules;
    rules.threshold = c.threshold;
    return rules;
}

// Small problems of every shape: one to three dimensions, hierarchies of one or two levels, overlapping groupings, linked tables.
inline Case random_case(Random& random) {
    Case out;
    out.threshold = 2 + static_cast<Count>(random.below(3));
    const auto dimensions = 1 + random.below(3);
    for (std::size_t d = 0; d < dimensions; ++d) {
        const auto leaves = 2 + random.below(dimensions == 1 ? 4 : 2);
        std::string edges = "child,parent\n";
        const bool grouped = random.below(3) == 0 && leaves >= 3, overlapping = grouped && random.below(2);
        for (std::size_t i = 0; i < leaves; ++i) {
            const auto leaf = "L" + std::to_string(i);
            edges += leaf + "," + (grouped ? (i < 2 ? "A" : "B") : "T") + "\n";
            if (overlapping) edges += leaf + "," + (i % 2 ? "X" : "Y") + "\n";
        }
        if (grouped) edges += "A,T\nB,T\n";
        if (overlapping) edges += "X,T\nY,T\n";
        Mistakes mistakes;
        out.problem.dimensions.push_back(parse_hierarchy("d" + std::to_string(d), parse_csv("h", edges, mistakes), mistakes));
        EXPECT_FALSE(mistakes.any());
    }
    if (dimensions == 1 || random.below(3)) {
        Table all{"T1", {}};
        for (std::size_t d = 0; d < dimensions; ++d) all.dimensions.push_back(static_cast<int>(d));
        out.problem.tables.push_back(all);
    } else {
        for (std::size_t d = 0; d + 1 < dimensions; ++d)
            out.problem.tables.push_back({"T" + std::to_string(d), {static_cast<int>(d), static_cast<int>(d + 1)}});
    }
    Key key(dimensions);
    const auto fill = [&](const auto& self, std::size_t d) -> void {
        if (d == dimensions) {
            if (const auto n = static_cast<Count>(random.below(5)); n > 0 && random.below(4))
                out.problem.inner.push_back({key, std::min<Count>(n, 4), 0, 0, 0});
            return;
        }
        for (int code = 0; code < static_cast<int>(out.problem.dimensions[d].codes.size()); ++code)
            if (out.problem.dimensions[d].is_leaf(code)) {
                key[d] = code;
                self(self, d + 1);
            }
    };
    fill(fill, 0);
    return out;
}

}  // namespace disclosure_test
