"""`build.x(...)` makes the smallest valid thing through the services; a test states each value it asserts on."""
