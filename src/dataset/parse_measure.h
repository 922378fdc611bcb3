#pragma once
// [[measure]], [[target]] and [[measure_template]]: the measures of a municipality with what stands behind them and what became of them.
#include "dataset/reader.h"
#include "measures/chronicle.h"
#include "measures/template_store.h"

namespace dataset {

measures::Chronicle parse_measure(Reader&);
measures::Template parse_template(Reader&);
measures::TargetChronicle parse_target(Reader&);

}  // namespace dataset
