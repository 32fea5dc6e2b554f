"""What is done with a live broker: a queue watched, an emitter verified end to end."""
