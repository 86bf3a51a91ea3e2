"""What pyproject.toml cannot say: the trained models travel inside the package.

They live in models/, beside their cards, and are copied to congvan/trained/ in a wheel.
"""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).parent
TRAVELS = ("config.toml", "meta.json", "README.md", "model.*", "*.tsv")


class BuildWithModels(build_py):
    def run(self) -> None:
        super().run()
        if not self.editable_mode:  # a checkout reads models/ itself
            for source, target in self.models():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)

    def models(self) -> list[tuple[Path, Path]]:
        trained = Path(self.build_lib) / "congvan" / "trained"
        return [
            (path, trained / folder.name / path.name)
            for folder in sorted((HERE / "models").iterdir())
            if folder.is_dir() and not folder.name.startswith(".")
            for pattern in TRAVELS
            for path in sorted(folder.glob(pattern))
        ]

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        return [*super().get_outputs(include_bytecode), *(str(t) for _, t in self.models())]


setup(cmdclass={"build_py": BuildWithModels})
