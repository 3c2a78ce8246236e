"""Our own service, `secondlook`: what AWS has no operation for. The command line and the console use it."""
