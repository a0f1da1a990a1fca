[
  (trial_block)
  (fields)
  (attributes)
  (block)
  (name_set)
  (code_set)
  (values)
  (example)
  (criterion)
] @fold
