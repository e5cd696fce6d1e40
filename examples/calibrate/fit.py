#!/usr/bin/env python3
"""Fits symmetric trees to measured blocks: one forest with each fold left out, and one on all of them.

    fit.py FOLDER [FOLD ...]

FOLDER holds `shape.json` {"width", "names", "trees", "depth", "rate", ...} and little-endian arrays, a row a labelled block: `rows.f32`,
`targets.f32`, `weights.f32`, `folds.i32`. Writes `forest-FOLD.json` for every fold, `forest-all.json` for all; with FOLDs
named, only those. The same input gives the same bytes: fixed seed, fixed thread count.
"""
import json, os, sys

import numpy as np
from catboost import CatBoostClassifier, Pool


def fit(shape, rows, targets, weights, out):
    # CatBoost's result depends on the number of threads only in how sums are rounded; keep it fixed all the same.
    is_kinds = shape.get('classes', 2) > 2
    model = CatBoostClassifier(
        loss_function='MultiClass' if is_kinds else 'CrossEntropy', iterations=shape['trees'], depth=shape['depth'], learning_rate=shape['rate'],
        l2_leaf_reg=shape['l2'], rsm=shape['rsm'], bootstrap_type='Bernoulli', subsample=.7, border_count=shape['borders'],
        random_seed=1, thread_count=2, boosting_type='Plain', allow_writing_files=False, verbose=False, classes_count=shape['classes'] if is_kinds else None)
    model.fit(Pool(rows, targets.astype(np.int32) if is_kinds else targets, weight=weights))
    model.save_model(out + '.cbm.json', format='json')
    with open(out + '.cbm.json') as f:
        raw = json.load(f)
    os.remove(out + '.cbm.json')
    feature = [f['flat_feature_index'] for f in raw['features_info']['float_features']]
    scale, bias = raw['scale_and_bias']
    biases = bias if isinstance(bias, list) else [bias]
    trees = [{'questions': [[feature[s['float_feature_index']], s['border']] for s in t['splits'] or []],
              'leaves': [v * scale for v in t['leaf_values']]} for t in raw['oblivious_trees']]
    importance = sorted(zip(model.get_feature_importance(), shape['names']), reverse=True)
    with open(out, 'w') as f:
        json.dump({'biases': biases, 'width': shape['width'], 'trees': trees}, f)
    return importance


def main(folder, *only):
    path = lambda name: os.path.join(folder, name)
    with open(path('shape.json')) as f:
        shape = json.load(f)
    load = lambda name, kind: np.fromfile(path(name), dtype=kind)
    rows = np.memmap(path('rows.f32'), dtype='<f4', mode='r').reshape(-1, shape['width'])
    targets, weights, folds = load('targets.f32', '<f4'), load('weights.f32', '<f4'), load('folds.i32', '<i4')
    for fold in only or [str(k) for k in sorted(set(folds.tolist()))] + ['all']:
        keep = np.arange(len(folds)) if fold == 'all' else np.flatnonzero(folds != int(fold))
        importance = fit(shape, np.ascontiguousarray(rows[keep]), targets[keep], weights[keep], path(f'forest-{fold}.json'))
        print(f'fold {fold}: {len(keep)} rows', file=sys.stderr, flush=True)
        with open(path(f'importance-{fold}.txt'), 'w') as f:
            f.writelines(f'{value:.4f} {name}\n' for value, name in importance)


main(*sys.argv[1:])
