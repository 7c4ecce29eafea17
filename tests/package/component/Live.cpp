// SPDX-License-Identifier: MIT
#include <Sojourn/LiveServer>
#include <Sojourn/LiveStore>

#include <QtCore/QCoreApplication>

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    Sojourn::LiveStore store("nobody-has-this-name");
    return !store.waitFor(store.count()) && Sojourn::LiveServer::checkName("shop") ? 0 : 1;
}
