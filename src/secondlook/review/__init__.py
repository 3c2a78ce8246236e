"""The workshop of judgement: people, task UIs, flow definitions, human loops and the answers workers give."""
