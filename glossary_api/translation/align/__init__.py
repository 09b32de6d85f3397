"""Official wordings found in translations: sentence beside sentence, word beside word, slogan beside phrase."""
