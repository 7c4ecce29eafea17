// SPDX-License-Identifier: MIT
#include <Sojourn/SqliteStore>

#include <QtCore/QCoreApplication>

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv); // finds the driver of SQLite
    Sojourn::SqliteStore store(":memory:");
    return store.waitFor(store.count()) == 0 ? 0 : 1;
}
