// SPDX-License-Identifier: MIT
#include <Sojourn/SqliteStore>

#include <QtCore/QCoreApplication>
#include <QtCore/QTemporaryDir>

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv); // finds the driver of SQLite
    const QTemporaryDir folder;
    Sojourn::SqliteStore store(folder.filePath("sessions.db"));
    return store.waitFor(store.count()) == 0 ? 0 : 1;
}
