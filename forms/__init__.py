"""What is asked, what was answered and what it means: no Qt, SQL, HTTP, nor clock of its own."""
