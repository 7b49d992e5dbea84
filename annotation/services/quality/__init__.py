"""A project's figures, made in the background whenever people have worked: agreement, people, Dawid–Skene."""
