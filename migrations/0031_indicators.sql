-- Indicators: what is counted, which way is better, what one value is for, and which office delivers it. What is observed stands in the ledger, as
-- "statistics.value_observed" about the indicator; what a concept itself states stays in key_figure_values.
alter table key_figures add column direction {text} not null default '' check (direction in ('', 'higher', 'lower'));
alter table key_figures add column rhythm {text} not null default 'yearly' check (rhythm in ('yearly', 'half_yearly', 'quarterly', 'monthly'));
alter table key_figures add column office {text} not null default '';
alter table key_figures add column published {bool} not null default true;
