#pragma once
// [[measure]] and [[target]]: the measures of a municipality with what stands behind them and what became of them.
#include "dataset/reader.h"
#include "measures/chronicle.h"

namespace dataset {

measures::Chronicle parse_measure(Reader&);
measures::TargetChronicle parse_target(Reader&);

}  // namespace dataset
