"""Pictures of every kind that programs and cameras write, each made from one photograph, for whoever reads or shows them."""
