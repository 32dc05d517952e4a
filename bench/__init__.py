"""What it costs: programs that start their own servers, measure, and print one last line of JSON."""
