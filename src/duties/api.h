#pragma once
// What other capabilities may use of the duties: the values, reading a rule from names and texts, judging, and the sentence.
#include "duties/json.h"
#include "duties/model.h"
#include "duties/naming.h"
#include "duties/rule_fields.h"
#include "duties/rules.h"
#include "duties/sentence.h"
#include "duties/store.h"
