"""Models behind the chat API of OpenAI, as vLLM, llama.cpp, Ollama and others serve them. See `__main__`."""
