// SPDX-License-Identifier: MIT
#include <Sojourn/MemoryStore>
#include <Sojourn/StoreSuite>
#include <Sojourn/TestClient>
#include <Sojourn/TestClock>

#include <QtCore/QCoreApplication>

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    Sojourn::MemoryStore store;
    const Sojourn::TestClock clock(store);
    Sojourn::StoreSuite suite({.make = [] { return std::make_shared<Sojourn::MemoryStore>(); }});
    return QTest::qExec(&suite, {"consumer", "createdRecordIsLoadedAsItWas"});
}
