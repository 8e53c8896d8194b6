# SPDX-License-Identifier: GPL-3.0-or-later
"""The same MoCo v3 step as step_bench, in plain PyTorch with timm's ViT.

step_peer.py IMAGE PATCH WIDTH DEPTH HEADS BATCH fp32|bf16 eager|sdpa|compile STEPS [DEVICE]
Prints one JSON line: median and smallest seconds of a step, peak resident memory, on a GPU that of its tensors.
"""
import json
import os
import resource
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F
from timm.layers import set_fused_attn
from timm.models.vision_transformer import VisionTransformer


def head(layers, width, hidden, out):
    parts = []
    for i in range(layers):
        a, b = (width if i == 0 else hidden), (out if i == layers - 1 else hidden)
        parts.append(nn.Linear(a, b, bias=False))
        parts.append(nn.BatchNorm1d(b, affine=i < layers - 1))
        if i < layers - 1:
            parts.append(nn.ReLU(inplace=True))
    return nn.Sequential(*parts)


def encoder(image, patch, width, depth, heads):
    vit = VisionTransformer(img_size=image, patch_size=patch, embed_dim=width, depth=depth,
                            num_heads=heads, num_classes=0, global_pool="token")
    for p in vit.patch_embed.parameters():
        p.requires_grad_(False)
    vit.pos_embed.requires_grad_(False)
    return nn.Sequential(vit, head(3, width, 4096, 256))


def contrast(q, k, t=0.2):
    q, k = F.normalize(q, dim=1), F.normalize(k, dim=1)
    return F.cross_entropy(q @ k.T / t, torch.arange(len(q), device=q.device)) * 2 * t


def main():
    image, patch, width, depth, heads, batch = map(int, sys.argv[1:7])
    precision, mode, steps = sys.argv[7], sys.argv[8], int(sys.argv[9])
    device = torch.device(sys.argv[10] if len(sys.argv) > 10 else "cpu")
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", os.cpu_count())))
    set_fused_attn(mode != "eager")
    base = encoder(image, patch, width, depth, heads).to(device)
    momentum = encoder(image, patch, width, depth, heads).to(device)
    momentum.load_state_dict(base.state_dict())
    momentum.requires_grad_(False)
    predictor = head(2, 256, 4096, 256).to(device)
    trained = [p for p in list(base.parameters()) + list(predictor.parameters()) if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, 1e-4, weight_decay=0.1)

    def loss_of(x1, x2):
        with torch.autocast(device.type, torch.bfloat16, enabled=precision == "bf16"):
            q1, q2 = predictor(base(x1)), predictor(base(x2))
            with torch.no_grad():
                k1, k2 = momentum(x1), momentum(x2)
        return contrast(q1.float(), k2.float()) + contrast(q2.float(), k1.float())

    if mode == "compile":
        loss_of = torch.compile(loss_of)
    x1, x2 = (torch.randn(batch, 3, image, image, device=device) for _ in range(2))
    seconds, processor = [], []
    for i in range(steps + 1):
        start, processor_start = time.perf_counter(), time.process_time()
        optimizer.zero_grad(set_to_none=True)
        with torch.no_grad():
            for k, q in zip(momentum.parameters(), base.parameters()):
                k.mul_(0.99).add_(q, alpha=0.01)
        loss_of(x1, x2).backward()
        torch._foreach_norm([p.grad for p in trained])  # the gradient magnitudes
        optimizer.step()
        if device.type == "cuda":
            torch.cuda.synchronize()
        if i > 0:  # the first one warms up, and compiles
            seconds.append(time.perf_counter() - start)
            processor.append(time.process_time() - processor_start)
    seconds.sort()
    processor.sort()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if device.type == "cuda":
        peak = torch.cuda.max_memory_allocated() / 2**20
    print(json.dumps({"who": mode, "median_s": round(seconds[len(seconds) // 2], 4),
                      "min_s": round(seconds[0], 4),
                      "cpu_s": round(processor[len(processor) // 2], 4), "peak_mb": round(peak)}))


if __name__ == "__main__":
    main()
