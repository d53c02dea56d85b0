/** SHA-256 of each file of `static/models/pocket`. Written by `node tools/pocket-files.mjs`, which a test runs again. */
export const pocketHashes = {
  'config.json': '7787a98c0ac0913369aab8c5cc4aef8a32fde91e913a113ed54f4ad28ba1eab3',
  'generation_config.json': 'bef128bf9c9f00b3d8bde5884ac9823958f07b5cb0d90eb38b9af2abccd2e047',
  'gguf/pocket-f16.gguf': 'e20ab01b21b509fb0286f52ecf160d9cdde8a9d7d087e2e976a675e3807aa49c',
  'gguf/pocket-q2_k.gguf': '98316d8756bbe55818bc584e1c62cd951c4e6ac2307925e98602dc26e62fd395',
  'gguf/pocket-q4_0.gguf': '047780d151ff6a784ec6ccd472158ac16f6f2d12f999c1c7bcedc09d6af6445c',
  'gguf/pocket-q8_0.gguf': '1dd28d58c21cdd1c12a861398c74957065f9366c8c3dcc4f8aef17af5dc5452b',
  'onnx/model.onnx': '80708d99953073c047e952e4d994aa5acd8997f14bf9f7caef72aea620cc79d4',
  'onnx/model_fp16.onnx': '0fbca1260b20e875323a4cf819973f8e053fd9ab09d10639f7eeb148ec417231',
  'onnx/model_q2.onnx': '49b0f4fa6c3ddb955e104ced12a6f5396e519f12ec00dcb570ec50b618e1e62a',
  'onnx/model_q4.onnx': '0e1661fd29beb21c7fc55aea0c0fdac161d9900f6dbcd411bc8aeb4b098e9f77',
  'onnx/model_q4f16.onnx': 'd010ac07fb9dc045aa210d8110df099ccf18e7d90a2f679cd1337a4beb4be791',
  'onnx/model_quantized.onnx': '941b2b764dd394e1a2c879b156cab9c778ae2a6e3ac5b3910c631f90e06dfaf7',
  'tokenizer.json': 'd77d7b76732fa57a43f1503cacc70b883b0c7ac1758f12883aa51b83735de5ac',
  'tokenizer_config.json': 'c60fc39a773b62dd05e48ebdc36a63cd33095be1732c4531b2e4ed6f6fb23290',
} as const;
