// SPDX-License-Identifier: MIT
#include <storesuite.h>

#include <Sojourn/MemoryStore>

using namespace Sojourn;

class TestMemoryStore : public StoreSuite
{
    Q_OBJECT
public:
    TestMemoryStore() : StoreSuite({.make = [] { return std::make_shared<MemoryStore>(); }, .makeAnother = {}, .corrupt = {}}) { }
};

QTEST_GUILESS_MAIN(TestMemoryStore)
#include "tst_memorystore.moc"
