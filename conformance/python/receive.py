"""Downloads a URL with requests, as a reader of the documentation would, and says how it went."""
import sys

import requests

response = requests.get(sys.argv[1], stream=True)
if response.status_code == 200:
    with open(sys.argv[2], "wb") as file:
        for chunk in response.iter_content(4096):
            file.write(chunk)
print(response.status_code)
