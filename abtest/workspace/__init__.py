"""A team's repository as a whole: started from templates, kept up to date, examined."""
