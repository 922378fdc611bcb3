#pragma once
#include "disclosure/cells.h"
#include "disclosure/ledger.h"

namespace disclosure {

// Several publications as one system of figures. A cell is the same in all of them when statistic, period, kind, codes and the versions
// of the codes agree; leaf cells that are the same share a row, larger ones an equation, stocks and flows another.
struct Union {
    struct Place {
        std::size_t publication = 0;
        std::size_t figure = 0;  // of the publication
    };
    Layout layout;
    std::vector<std::vector<Place>> places;        // of each cell of the layout
    std::vector<std::vector<int>> cell_of_figure;  // by publication, its figures
    std::size_t unbalanced = 0;
};

bool same_counting(const PublicationName&, const PublicationName&);
// Is a cell of one publication in a table of another? Then its absence there says that it is zero.
bool shows(const Publication&, const Publication& from, const Key&);

// Fails when two publications give different counts for one cell.
base::Result<Union> unite(const std::vector<const Publication*>&);

}  // namespace disclosure
