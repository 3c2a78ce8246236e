"""What a server has recorded, joined for export: predictions, the answers of their human loops, and loops without a prediction."""
