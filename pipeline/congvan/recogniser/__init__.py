"""The recogniser: who and what is named, by grammar, gazetteer and a trained model."""
