#!/usr/bin/env python3
"""Makes a corpus of the Chinese pages that GeneralNewsExtractor is tested with (source package of gne 0.4.3, GPL-3.0).

    gne.py SOURCE CORPORA

SOURCE is the unpacked source package. Writes CORPORA/gne in the layout of the other corpora, without reference texts: what its blocks are stands
in labels/gne.txt beside this file. Nothing of the pages is kept here.
"""
import glob, gzip, json, os, re, sys


def site(name):
    """Pages of one site are in folders named for it; those of its forum are of the same site."""
    name = re.match(r'(?:tests|visiable_test|test_list_page)_(.+?)_[^_]+$', name)[1]
    return {'netease_forum': '163'}.get(name, name)


def main(source, corpora):
    out = os.path.join(corpora, 'gne')
    os.makedirs(os.path.join(out, 'pages'), exist_ok=True)
    truth = []
    for folder in ('tests', 'visiable_test', 'test_list_page'):
        for path in sorted(glob.glob(os.path.join(source, folder, '*', '*.html'))):
            name = os.path.relpath(path, source)[:-len('.html')].replace(os.sep, '_')
            with open(path, 'rb') as f, gzip.GzipFile(os.path.join(out, 'pages', name + '.html.gz'), 'wb', mtime=0) as page:
                page.write(f.read())
            truth.append({'id': name, 'url': f'https://{site(name)}/{name}', 'type': None})
    with gzip.GzipFile(os.path.join(out, 'truth.jsonl.gz'), 'wb', mtime=0) as f:
        f.write(''.join(json.dumps(line) + '\n' for line in truth).encode())


main(*sys.argv[1:])
