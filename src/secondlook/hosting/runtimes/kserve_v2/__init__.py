"""Models behind the Open Inference Protocol (KServe v2), as MLServer, Triton and KServe serve them. See `__main__`."""
