"""Turns a trained Pocket into the files that browsers run: ONNX at six precisions and GGUF at four."""
