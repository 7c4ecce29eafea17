# SPDX-License-Identifier: MIT
import re
from pathlib import Path

from conan import ConanFile
from conan.errors import ConanInvalidConfiguration
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy

PARTS = ("sqlite", "redis", "live", "httpserver", "testing", "cli", "inspector", "demo")
NEEDED_PARTS = {"cli": ("live",), "inspector": ("live",), "demo": ("live", "httpserver")}


class Sojourn(ConanFile):
    name = "sojourn"
    description = "Sessions for QHttpServer applications, and an inspector that shows them live"
    license = "MIT"
    topics = ("qt", "http", "session", "redis", "sqlite")
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"shared": [True, False], "fPIC": [True, False], **{f"with_{part}": [True, False] for part in PARTS}}
    default_options = {
        "shared": False,
        "fPIC": True,
        **{f"with_{part}": part in ("sqlite", "redis", "live", "httpserver") for part in PARTS},
    }

    @property
    def _root(self):
        return Path(self.recipe_folder).parents[1]

    def set_version(self):
        text = (self._root / "CMakeLists.txt").read_text()
        self.version = re.search(r"project\(Sojourn VERSION ([0-9.]+)", text).group(1)

    def export_sources(self):
        for pattern in ("CMakeLists.txt", "LICENSE", "README.md", "CHANGELOG.md", "app/*", "cmake/*", "icons/*", "lib/*", "tests/*", "translations/*"):
            copy(self, pattern, self._root, self.export_sources_folder)

    def config_options(self):
        if self.settings.os == "Windows":
            del self.options.fPIC

    def configure(self):
        if self.options.shared:
            self.options.rm_safe("fPIC")
        if self.options.with_httpserver:
            self.options["qt/*"].qtwebsockets = True
            self.options["qt/*"].qthttpserver = True
        if self.options.with_inspector:
            self.options["qt/*"].qtsvg = True
        if self.options.with_redis:
            self.options["hiredis/*"].with_ssl = True

    def requirements(self):
        self.requires("qt/[>=6.4 <7]", transitive_headers=True)
        self.requires("zlib/[>=1.2.11 <2]")
        if self.options.with_redis:
            self.requires("hiredis/[>=1.0 <2]")
            self.requires("openssl/[>=1.1.1 <4]")

    def validate(self):
        check_min_cppstd(self, 23)
        for part, needed in NEEDED_PARTS.items():
            for other in needed:
                if self.options.get_safe(f"with_{part}") and not self.options.get_safe(f"with_{other}"):
                    raise ConanInvalidConfiguration(f"with_{part}=True needs with_{other}=True")
        if self.options.with_inspector and not self.dependencies["qt"].options.get_safe("widgets"):
            raise ConanInvalidConfiguration("The inspector needs qt:widgets=True")

    def layout(self):
        cmake_layout(self)

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["SOJOURN_BUILD_TESTS"] = False
        for part in PARTS:
            toolchain.cache_variables[f"SOJOURN_WITH_{part.upper()}"] = bool(self.options.get_safe(f"with_{part}"))
        toolchain.generate()
        CMakeDeps(self).generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        copy(self, "LICENSE", self.source_folder, Path(self.package_folder) / "licenses")
        CMake(self).install()

    def package_info(self):
        # The package's own files say what each part links.
        self.cpp_info.set_property("cmake_find_mode", "none")
        self.cpp_info.builddirs = ["lib/cmake/Sojourn"]
