#pragma once
#include "dataset/reader.h"
#include "duties/model.h"

namespace dataset {

// A duty as it stands in the file. What was left out because the plan or the statement says it (modality, validity) is filled in by check().
duties::Duty parse_duty(Reader&);

// Days that stand for "not written", until check() has filled them in.
inline constexpr base::Day not_written{};

}  // namespace dataset
