"""The page of people, work teams and access keys: `page` shows it, `accounts` and `keys` do what its forms ask for."""
