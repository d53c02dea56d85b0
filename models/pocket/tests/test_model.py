"""The network is exactly the Llama that other runtimes load, and decoding with a cache changes nothing."""

from __future__ import annotations

import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from model import ENDOFTEXT, IM_END, Config, Pocket, generate, same_segment


@pytest.fixture(scope="module")
def pocket() -> Pocket:
    """A network with weights large enough that every part of it matters to the logits."""
    torch.manual_seed(0)
    model = Pocket(Config(init_std=0.08))
    for name, weight in model.named_parameters():
        if name.endswith("norm.weight"):
            torch.nn.init.uniform_(weight, 0.5, 1.5)
    return model.eval()


def test_equals_hugging_face_llama(pocket: Pocket) -> None:
    reference = LlamaForCausalLM(LlamaConfig(**pocket.config.to_hf_dict())).eval()
    missing, unexpected = reference.load_state_dict(pocket.state_dict(), strict=False)
    assert (missing, unexpected) == (["lm_head.weight"], [])
    reference.tie_weights()
    ids = torch.randint(0, pocket.config.vocab, (3, 200))
    with torch.inference_mode():
        ours, theirs = pocket(ids), reference(ids).logits
    assert ours.std() > 0.5
    torch.testing.assert_close(ours, theirs, atol=1e-5, rtol=1e-5)


def test_about_three_million_parameters(pocket: Pocket) -> None:
    assert sum(weight.numel() for weight in pocket.parameters()) == 3_476_224


def test_packed_conversations_do_not_see_each_other(pocket: Pocket) -> None:
    first, second = torch.randint(3, 2048, (1, 30)), torch.randint(3, 2048, (1, 50))
    segments = torch.tensor([[0] * 30 + [1] * 50])
    positions = torch.cat((torch.arange(30), torch.arange(50))).unsqueeze(0)
    with torch.inference_mode():
        packed = pocket(torch.cat((first, second), dim=1), positions, same_segment(segments))
        torch.testing.assert_close(packed[:, :30], pocket(first), atol=1e-4, rtol=1e-4)
        torch.testing.assert_close(packed[:, 30:], pocket(second), atol=1e-4, rtol=1e-4)


def test_batched_greedy_decoding_equals_one_by_one_without_cache(pocket: Pocket) -> None:
    prompts = [torch.randint(3, 2048, (length,)).tolist() for length in (5, 23, 11, 40, 7)]
    expected = []
    for prompt in prompts:
        ids = list(prompt)
        with torch.inference_mode():
            while len(ids) < len(prompt) + 12:
                best = int(pocket(torch.tensor([ids]))[0, -1].argmax())
                if best == IM_END:
                    break
                ids.append(best)
        expected.append(ids[len(prompt) :])
    assert generate(pocket, prompts, max_new=12, batch=3) == expected


def test_decoding_stops_at_the_end_of_a_turn(pocket: Pocket) -> None:
    class EndsAtOnce(Pocket):
        def forward(self, ids: torch.Tensor, *rest: object) -> torch.Tensor:  # type: ignore[override]
            return torch.nn.functional.one_hot(torch.full_like(ids, IM_END), self.config.vocab).float()

    assert generate(EndsAtOnce(), [[5, 6], [7]]) == [[], []]


def test_a_prompt_as_long_as_the_context_is_refused(pocket: Pocket) -> None:
    with pytest.raises(ValueError, match="no room"):
        generate(pocket, [[ENDOFTEXT] * pocket.config.context])
