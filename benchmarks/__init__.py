"""What the README's figures come from: the real engine, measured on the machine at hand."""
