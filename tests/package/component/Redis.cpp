// SPDX-License-Identifier: MIT
#include <Sojourn/RedisStore>

#include <QtCore/QCoreApplication>

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    Sojourn::RedisOptions options;
    options.port = 1; // nobody listens there
    Sojourn::RedisStore store(options);
    return store.waitFor(store.count()).has_value() ? 1 : 0;
}
